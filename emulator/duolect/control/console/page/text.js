// Times, sizes and states as texts.

const two = (number) => String(number).padStart(2, "0");

/** Return an instant, in microseconds since 1970, as a time of day in UTC. */
export function timeOf(instant, parts = 3) {
  const at = new Date(instant / 1000);
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return parts ? `${time}.${String(at.getUTCMilliseconds()).padStart(3, "0")}` : time;
}

/** Return an instant as a day in UTC. */
export const dayOf = (instant) => new Date(instant / 1000).toISOString().slice(0, 10);

/** Return microseconds as a duration: 1.5 s, 2 min 3 s. */
export function durationOf(microseconds) {
  const seconds = microseconds / 1e6;
  if (seconds < 0.0995) return `${Math.round(microseconds / 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Return a count with its word. */
export const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/** Return the family of a state, by which it is coloured: steady, used, busy, bad or off. */
export function family(row) {
  if (row.pending?.held) return "held";
  const state = row.state.toLowerCase();
  if (state.endsWith("failed")) return "bad";
  if (state === "in-use" || state === "running") return "used";
  if (state === "stopped") return "off";
  if (row.pending || state.endsWith("ing")) return "busy";
  return "steady";
}

/** Return the family of a state of which nothing but its name is known. */
export const familyOf = (state) => family({ state, pending: null });

/** Return the name of a cloud. */
export const cloudName = (cloud) => (cloud === "alibaba" ? "Alibaba Cloud" : "Tencent Cloud");
