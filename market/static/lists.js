// A list that was turned over in place: the reader goes on at its head, as after opening a page.

document.addEventListener("htmx:afterSettle", (event) => {
  const main = document.getElementById("main");
  if (main && event.detail.target.id === "main") main.focus({ preventScroll: true });
});
