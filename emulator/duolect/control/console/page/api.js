// Asking the emulator. Where it has a control token the user is asked for it; it stays in this tab.

import { byId } from "./dom.js";

const ROOT = "/_duolect/";
const TOKEN = "duolect-control-token";

/** What the emulator refuses; the message is its own sentence. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const headers = () => {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { authorization: `Bearer ${token}` } : {};
};

const target = (path, query) => {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const text = new URLSearchParams(given).toString();
  return ROOT + path + (text ? `?${text}` : "");
};

let asking = null;

/** Ask the user for the control token, once however many requests wait for it. */
function askForToken() {
  asking ??= new Promise((resolve) => {
    const dialog = byId("token-dialog");
    dialog.addEventListener("close", () => {
      sessionStorage.setItem(TOKEN, byId("token").value.trim());
      byId("token").value = "";
      asking = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}

async function send(path, query, options = {}) {
  for (;;) {
    const answer = await fetch(target(path, query), { ...options, headers: { ...options.headers, ...headers() } });
    if (answer.status === 401) {
      await askForToken();
      continue;
    }
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, problem.detail ?? `${answer.status} ${answer.statusText}`);
  }
}

/** Return what is at a path, as a tree. */
export const get = async (path, query) => (await send(path, query)).json();

/** Return what is at a path, as a file. */
export const getBlob = async (path, query) => (await send(path, query)).blob();

/** Change something; the tree is what is sent. */
export async function change(method, path, tree, query) {
  const body = tree === undefined ? {} : { body: JSON.stringify(tree), headers: { "content-type": "application/json" } };
  const answer = await send(path, query, { method, ...body });
  return answer.status === 204 ? null : answer.json().catch(() => null);
}

/**
 * Follow a stream of server-sent events until the signal ends it; it is begun anew where it breaks.
 *
 * EventSource could send no token, so the events are read from the answer's body.
 */
export async function follow(path, query, signal, handlers) {
  let wait = 250;
  while (!signal.aborted) {
    try {
      const answer = await send(path, query, { signal });
      handlers.open();
      wait = 250;
      await readEvents(answer.body.pipeThrough(new TextDecoderStream()).getReader(), handlers);
    } catch (error) {
      if (signal.aborted) return;
      handlers.broken(error);
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, 5000);
  }
}

async function readEvents(reader, handlers) {
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      handlers.broken(new Error("The emulator has ended the stream."));
      return;
    }
    buffer += value;
    const events = buffer.split("\n\n");
    buffer = events.pop();
    for (const event of events) {
      const [, name] = /^event: (.*)$/m.exec(event) ?? [];
      const [, data] = /^data: (.*)$/m.exec(event) ?? [];
      if (name) handlers[name]?.(JSON.parse(data));
    }
  }
}
