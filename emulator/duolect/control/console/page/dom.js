// Making elements. Whatever comes from the emulator is text here, never markup.

/** Return a new element: attributes by name, listeners as functions, and children that are texts or elements. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}

/** Return the element of the page that has an id. */
export const byId = (id) => document.getElementById(id);

/** Put these children into an element, in place of what it has. */
export const fill = (element, ...children) =>
  element.replaceChildren(...children.filter((each) => each !== null && each !== undefined));

/** Return a button. */
export const button = (text, click, attributes = {}) =>
  el("button", { type: "button", click, ...attributes }, text);

/** Tell everybody, also those who cannot see, in one line that goes away. */
export function say(text, bad = false) {
  const line = byId("said");
  line.textContent = text;
  line.className = bad ? "said bad" : "said";
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    line.textContent = "";
    line.className = "said";
  }, bad ? 9000 : 4000);
}

/** Do something that the emulator may refuse, and say why where it does. */
export async function attempt(what, done = "") {
  try {
    const result = await what();
    if (done) say(done);
    return result;
  } catch (error) {
    say(error.message, true);
    return null;
  }
}

/** Give the user a file. */
export function download(name, blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Return a button that puts a text into the clipboard. */
export const copyButton = (label, text) =>
  button(label, async () => {
    await copyText(await text());
    say(`${label}: done`);
  });

async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = el("textarea", { class: "off-screen", "aria-hidden": "true" }, text);
  document.body.append(area);
  area.select();
  document.execCommand("copy"); // where the page came by plain http and another name than localhost
  return area.remove();
}

/** Call a function once things have been quiet for so many milliseconds. */
export function debounced(milliseconds, call) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...values), milliseconds);
  };
}
