"""What a reader's home shows: the tasks of every room, and the desk of each role."""

from market.desk.queries.home import Home, home
from market.desk.queries.waiting import Rooms, Task, tasks

__all__ = ["Home", "Rooms", "Task", "home", "tasks"]
