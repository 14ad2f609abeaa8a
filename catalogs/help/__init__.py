"""What stands beside the forms of the catalogues."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogs.help import entries, imports, listings, organizations, searches
from catalogs.states import Act
from market.base.help import Help

HELP: Mapping[Act, Help] = MappingProxyType(
    {**entries.HELP, **imports.HELP, **organizations.HELP, **listings.HELP, **searches.HELP}
)
