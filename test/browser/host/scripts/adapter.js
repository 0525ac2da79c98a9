/** Adapters of components that are on the page. */
export const live = new Set();

/** A wire adapter as LWC's engine calls it: it asks again whenever its configuration is another one. */
export class Adapter {
  constructor(provide) {
    this.provide = provide;
    this.asked = 0;
  }
  connect() {
    live.add(this);
    this.begin();
    void this.run();
  }
  disconnect() {
    live.delete(this);
  }
  update(config) {
    const key = JSON.stringify(config);
    if (key === this.key) return;
    this.key = key;
    this.config = config;
    void this.run();
  }
  async run() {
    if (!live.has(this) || !this.config || !this.isReady(this.config)) return;
    this.asked += 1;
    const mine = this.asked;
    let tell;
    try {
      const answer = freeze(await this.load(this.config));
      tell = () => this.give(answer);
    } catch (error) {
      tell = () => this.fail(freeze(error));
    }
    // An answer to what is no longer asked must not show.
    if (mine === this.asked && live.has(this)) tell();
  }
  begin() {
    this.provide({ data: undefined, error: undefined });
  }
  give(data) {
    this.provide({ data, error: undefined });
  }
  fail(error) {
    this.provide({ data: undefined, error });
  }
}

/** Data of the platform is read only. */
function freeze(value) {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
