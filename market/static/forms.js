// What a browser with JavaScript adds to a form: files are sent in place with their progress, lengths are counted,
// and nobody leaves with entries unsent. Without it every form works the same, one page more for a file.

const DIRTY = new WeakSet();

function say(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

// One file to the house: resolves with its card, rejects with the words of the refusal.
function send({ address, fields, file, onProgress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded, event.total);
    });
    request.addEventListener("load", () => {
      const answer = request.response ?? {};
      if (request.status < 300) resolve(answer);
      else reject(new Error((answer.objections ?? []).map((one) => one.message).join(" ") || answer.title || ""));
    });
    for (const event of ["error", "abort", "timeout"]) request.addEventListener(event, () => reject(new Error("")));
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value) body.append(name, value);
    body.append("file", file); // the file goes last: it is streamed
    request.send(body);
  });
}

// Shows how far a file is, then what became of it.
async function sendShown(place, { address, fields, file }) {
  const words = place.dataset;
  const bar = make("progress", { max: "1", value: "0", "aria-label": say(words.sending, { name: file.name }) });
  const line = make("p", { role: "status" }, say(words.sending, { name: file.name }), " ", bar);
  place.append(line);
  try {
    const card = await send({
      address,
      fields,
      file,
      onProgress: (done, whole) => {
        bar.max = whole;
        bar.value = done;
      },
    });
    line.replaceChildren(say(words.sent, { name: file.name, code: card.code }));
    line.className = "done";
    return card;
  } catch (error) {
    line.replaceChildren(`${words.failed} ${error.message}`);
    line.className = "fault";
    return null;
  }
}

// A field of files: choosing one sends it, and it stands among the choices, ticked.
function attachInPlace(place) {
  const form = place.closest("form");
  const choices = place.closest("fieldset").querySelector(".ticks");
  const id = `attach-${place.dataset.attach}`;
  const input = make("input", { type: "file", id, accept: ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.csv,.txt", multiple: "" });
  place.replaceChildren(make("label", { for: id }, place.dataset.choose), input);
  input.addEventListener("change", async () => {
    for (const file of input.files) {
      const fields = { _csrf_token: form.elements._csrf_token.value, sealed_for: place.dataset.sealedFor };
      const card = await sendShown(place, { address: place.dataset.to, fields, file });
      if (!card) continue;
      choices.querySelector(":scope > p")?.remove();
      const tick = make("input", { type: "checkbox", name: place.dataset.attach, value: card.code });
      tick.checked = true;
      choices.append(make("label", { class: "tick" }, tick, make("span", {}, file.name)));
      DIRTY.add(form);
    }
    input.value = "";
  });
}

// The page of files: the form is sent with its progress instead of a blank wait.
function sendInPlace(form) {
  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file) return;
    event.preventDefault();
    const fields = { _csrf_token: form.elements._csrf_token.value, sealed_for: form.elements.sealed_for?.value };
    const card = await sendShown(form, { address: form.getAttribute("action"), fields, file });
    if (card) form.reset();
  });
}

function count(entry) {
  const line = document.getElementById(entry.id.replace(/-in$/, "-count"));
  const most = Number(entry.dataset.most);
  const told = line.textContent.trim();
  const show = () => {
    const length = [...entry.value].length;
    line.textContent = `${told} ${length} / ${most}`;
    line.classList.toggle("over", length > most);
  };
  entry.addEventListener("input", show);
  if (entry.value) show();
}

for (const place of document.querySelectorAll("[data-attach]")) attachInPlace(place);
for (const form of document.querySelectorAll("form.send-file[data-sent]")) sendInPlace(form);
for (const entry of document.querySelectorAll("[data-most]")) count(entry);
for (const form of document.querySelectorAll("form[data-leave]")) {
  if (form.dataset.leave === "entered") DIRTY.add(form);
  form.addEventListener("input", () => DIRTY.add(form));
  form.addEventListener("submit", () => DIRTY.delete(form));
}
addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("form[data-leave]")) if (DIRTY.has(form)) event.preventDefault();
});
