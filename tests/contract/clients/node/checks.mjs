// What the client programs share: where the emulator is, how to wait, and how to say what held.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// Where the emulator is; without it endpoint and scheme are left to the SDK, which finds it by a proxy.
export const ENDPOINT = process.env.DUOLECT_ENDPOINT || undefined;
export const SCHEME = process.env.DUOLECT_SCHEME ?? 'http';
export const KEY = process.env.DUOLECT_KEY;
export const SECRET = process.env.DUOLECT_SECRET;

const EVERY = 50;
const PATIENCE = 20_000;

/** Run a scenario once for each way of calling; a way that fails does not stop the next one. */
export async function main(client, ways, scenario) {
  const version = versionOf(client);
  for (const [way, options] of Object.entries(ways)) {
    try {
      await scenario((name, body) => check({ client, version, way, check: name }, body), options);
    } catch (error) {
      if (!(error instanceof CheckFailed)) throw error;
      process.exitCode = 1;
    }
  }
}

class CheckFailed extends Error {}

/** Say whether the body went through, and with what; return the body's value. */
async function check(line, body) {
  const details = [];
  try {
    const value = await body((...told) => details.push(...told));
    console.log(JSON.stringify({ ...line, ok: true, detail: details.join('; ') }));
    return value;
  } catch (error) {
    const detail = [...details, error.stack ?? JSON.stringify(error)].join('; ');
    console.log(JSON.stringify({ ...line, ok: false, detail }));
    throw new CheckFailed(detail);
  }
}

export function versionOf(client) {
  const file = new URL(`./node_modules/${client}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** Return what a call is rejected with. */
export async function refusal(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('the call was expected to be refused');
}

/** Read until it says `until`; return everything it said on the way, without repeats. */
export async function watch(read, until) {
  const deadline = Date.now() + PATIENCE;
  const seen = [];
  for (;;) {
    const value = await read();
    if (seen.at(-1) !== value || seen.length === 0) seen.push(value);
    if (value === until) return seen;
    if (Date.now() > deadline) throw new Error(`waited for ${until}, saw ${seen}`);
    await sleep(EVERY);
  }
}
