/** A browser for the tests of sign-in: keeps cookies, follows redirects, runs no script. */
export interface Page {
  readonly status: number;
  readonly address: string;
  readonly body: string;
  readonly headers: Headers;
  /** Every `Set-Cookie` on the way. */
  readonly set: readonly string[];
}

const MOST_REDIRECTS = 12;

export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#follow(new URL(path, this.#origin), { method: 'GET', headers });
  }

  /** Sends a form. */
  submit(path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#follow(new URL(path, this.#origin), { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  send(method: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    const typed = body === undefined ? headers : { 'Content-Type': 'application/json', ...headers };
    return this.#follow(new URL(path, this.#origin), { method, headers: typed, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** One step alone, without following where it leads. */
  async step(path: string): Promise<Page & { readonly onwards: string | null }> {
    const page = await this.#once(new URL(path, this.#origin), { method: 'GET' });
    return { ...page, onwards: page.headers.get('location') };
  }

  async #follow(first: URL, init: RequestInit): Promise<Page> {
    let [at, how] = [first, init];
    const set: string[] = [];
    for (let turn = 0; turn < MOST_REDIRECTS; turn += 1) {
      const page = await this.#once(at, how);
      set.push(...page.set);
      const onwards = page.headers.get('location');
      if (page.status < 300 || page.status > 399 || onwards === null) return { ...page, set };
      [at, how] = [new URL(onwards, at), { method: 'GET' }];
    }
    throw new Error(`going round in circles at ${at.href}`);
  }

  async #once(at: URL, init: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie === '' ? {} : { Cookie: cookie }) };
    const answer = await fetch(at, { ...init, headers, redirect: 'manual' });
    const set = answer.headers.getSetCookie();
    for (const line of set) this.#keep(line);
    return { status: answer.status, address: at.pathname, body: await answer.text(), headers: answer.headers, set };
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const [name = '', ...value] = pair.split('=');
    const expired = attributes.some((attribute) => /^\s*expires=/i.test(attribute) && Date.parse(attribute.split('=')[1] ?? '') < Date.now());
    if (expired) this.cookies.delete(name.trim());
    else this.cookies.set(name.trim(), value.join('='));
  }
}
