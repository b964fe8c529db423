// The emulator's clock, as the page knows that it runs, and the controls that move it.

import { change } from "./api.js";
import { attempt, byId } from "./dom.js";
import { dayOf, durationOf, timeOf } from "./text.js";

export class Clock extends EventTarget {
  constructor(store) {
    super();
    Object.assign(this, { store, at: 0, told: 0, rate: 0, mode: "", pending: 0, due: null });
    setInterval(() => this.show(), 100);
    this.listen();
  }

  /** Take what the emulator says of its clock. */
  set({ now, rate, mode, pending, next_due: due }) {
    Object.assign(this, { at: now, told: performance.now(), rate, mode, pending, due });
    this.show();
    this.dispatchEvent(new Event("set"));
  }

  /** Return what time it is there, in microseconds since 1970. */
  now() {
    return this.at + (performance.now() - this.told) * 1000 * this.rate;
  }

  show() {
    if (!this.at) return;
    const now = this.now();
    byId("clock-time").textContent = timeOf(now, this.rate > 20 ? 0 : 3);
    byId("clock-day").textContent = dayOf(now);
    const rate = this.rate === 1 || !this.rate ? this.mode : `${this.mode}, ${this.rate} times as fast`;
    const due = this.due === null ? "" : `, next in ${durationOf(Math.max(0, this.due - now))}`;
    byId("clock-about").textContent = `${rate}; ${this.pending} pending${this.pending ? due : ""}`;
    if (byId("clock-mode").value !== this.mode && document.activeElement !== byId("clock-mode")) {
      byId("clock-mode").value = this.mode;
    }
  }

  listen() {
    for (const each of document.querySelectorAll("[data-advance]")) {
      each.addEventListener("click", () => this.advance(each.dataset.advance));
    }
    byId("advance-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.advance(byId("advance-by").value.trim());
    });
    byId("clock-next").addEventListener("click", () => attempt(() => this.change("POST", "next")));
    byId("clock-idle").addEventListener("click", () => attempt(() => this.change("POST", "idle")));
    byId("clock-mode").addEventListener("change", () => {
      const mode = byId("clock-mode").value;
      const wanted = mode === "scaled" ? { mode, rate: Number(byId("clock-rate").value) || 60 } : { mode };
      attempt(() => this.change("PUT", "", wanted), `The clock is ${mode} now.`);
    });
  }

  advance(by) {
    return attempt(() => this.change("POST", "advance", { by }), `Advanced by ${by}.`);
  }

  /** Change the clock that the account obeys: its own, where the emulator lets accounts have one. */
  change(method, how, tree) {
    return change(method, how ? `clock/${how}` : "clock", tree, { access_key: this.store.account });
  }
}
