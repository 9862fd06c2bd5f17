import { tmpdir } from 'node:os';
import { configure, getQueriesForElement, queries, type BoundFunctions } from '@testing-library/dom';
import { JSDOM } from 'jsdom';
import request from 'supertest';
import { createApp, type AppSettings } from '../../server/app.ts';
import type { Config } from '../../server/config.ts';
import { testSecret } from './hooks.ts';

// What was not found is named; the whole page would bury it.
configure({ getElementError: (message) => new Error(message ?? 'Not on the page.') });

/** Every setting as `npm start` has it where nothing is set; a test names what it needs otherwise. */
export function testConfig(wanted: Partial<Config> = {}): Config {
  return {
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    dataDirectory: tmpdir(),
    production: false,
    demo: false,
    worker: false,
    secret: testSecret,
    mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' },
    ...wanted,
  };
}

/** A page as somebody sees it who has no JavaScript: found by role, label and heading. */
export type Page = BoundFunctions<typeof queries> & {
  status: number;
  headers: Record<string, string>;
  path: string;
  html: string;
  document: Document;
  /** The h1. */
  heading: string;
  /** What main says, blanks made one. */
  says: string;
  /** The control with this label. */
  field(label: string | RegExp): HTMLInputElement;
  /** The sentences of the error summary. */
  mistakes: string[];
};

/** Somebody with a browser: keeps cookies, follows the redirect after a form, sends forms as a browser does. */
export class Visitor {
  #agent: ReturnType<typeof request.agent>;

  constructor(settings: Partial<AppSettings> = {}) {
    this.#agent = request.agent(createApp({ config: testConfig(), ...settings }));
  }

  /** Opens a page and follows where it leads. */
  async open(path: string, headers: Record<string, string> = {}): Promise<Page> {
    const response = await this.#agent.get(path).set(headers);
    return isRedirect(response) ? this.open(targetOf(response)) : pageOf(response, path);
  }

  /** Posts fields without having seen a form; follows where the answer leads. */
  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const response = await this.#agent.post(path).type('form').set(headers).send(fields);
    return isRedirect(response) ? this.open(targetOf(response)) : pageOf(response, path);
  }

  /** Fills fields of the form around the button, by their label, and presses the button. */
  submit(page: Page, button: string | RegExp, fill: Record<string, string | boolean> = {}): Promise<Page> {
    const pressed = page.getByRole('button', { name: button });
    const form = pressed.closest('form');
    if (!form) throw new Error(`The button ${button} stands in no form.`);
    for (const [label, value] of Object.entries(fill)) fillIn(page.field(label), value);

    const fields = fieldsOf(form, pressed);
    const action = form.getAttribute('action') ?? page.path;
    return form.method === 'post'
      ? this.post(action, fields)
      : this.open(`${action}?${new URLSearchParams(fields).toString()}`);
  }

  /** For what is about the answer itself: headers, redirects, bytes. */
  get agent(): ReturnType<typeof request.agent> {
    return this.#agent;
  }
}

/** A response's HTML, parsed. */
export function pageOf(response: request.Response, path: string): Page {
  const { document } = new JSDOM(response.text).window;
  return {
    ...getQueriesForElement(document.body, queries),
    status: response.status,
    headers: response.headers,
    path,
    html: response.text,
    document,
    heading: plain(document.querySelector('h1')?.textContent),
    says: plain(document.querySelector('main')?.textContent),
    field: (label) => getQueriesForElement(document.body, queries).getByLabelText<HTMLInputElement>(label),
    mistakes: [...document.querySelectorAll('[role=alert] li')].map((item) => plain(item.textContent)),
  };
}

function fillIn(field: HTMLInputElement, value: string | boolean): void {
  if (typeof value === 'boolean') field.checked = value;
  else field.value = value;
}

/** The successful controls of a form, the pressed button among them (HTML, "constructing the form data set"). */
function fieldsOf(form: HTMLFormElement, pressed: HTMLElement): Record<string, string> {
  const window = form.ownerDocument.defaultView;
  if (!window) throw new Error('The form stands in no window.');
  const data = [...new window.FormData(form).entries()].map(
    ([name, value]) => [name, typeof value === 'string' ? value : value.name] as const,
  );
  const name = pressed.getAttribute('name');
  return Object.fromEntries(name ? [...data, [name, pressed.getAttribute('value') ?? '']] : data);
}

function isRedirect({ status }: request.Response): boolean {
  return status === 302 || status === 303;
}

/** A redirect to our own `BASE_URL` stays in the test. */
function targetOf({ headers }: request.Response): string {
  return String(headers['location']).replace(/^http:\/\/localhost:3000/, '');
}

function plain(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
