import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

const mostFragments = 10_000;
const mostDocuments = 100;

type Fact = string | number | boolean;
const fragments = new Map<string, { shows: readonly Fact[]; html: string }>();
const documents = new Map<string, { shows: readonly Fact[]; html: Buffer }>();

/** The whole HTML document of a page. Everything in it is escaped, but what `htmlNode` carries. */
export function documentOf(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/**
 * The HTML of a piece of a page, kept by its `name` as long as `shows` stays the same: everything the piece shows, its
 * language among it. What changes is rendered anew, so nobody is ever shown an old one.
 */
export function fragment(name: string, shows: readonly Fact[], piece: () => VNode): string {
  const known = fragments.get(name);
  if (known && isSame(known.shows, shows)) return known.html;

  if (fragments.size >= mostFragments) fragments.clear();
  const html = renderToString(piece());
  fragments.set(name, { shows, html });
  return html;
}

/**
 * The same for a whole document, in the bytes that go out: for the page that everybody opens first. `shows` is all that
 * differs between two answers at this address, and must never be only a part of it.
 */
export function keptDocument(name: string, shows: readonly Fact[], page: () => VNode): Buffer {
  const known = documents.get(name);
  if (known && isSame(known.shows, shows)) return known.html;

  if (documents.size >= mostDocuments) documents.clear();
  const html = Buffer.from(documentOf(page()));
  documents.set(name, { shows, html });
  return html;
}

/** HTML that `fragment` has rendered, as a child of another element; never text that somebody typed. */
export function htmlNode(tag: string, attributes: Record<string, string>, html: string): VNode {
  return h(tag, { ...attributes, dangerouslySetInnerHTML: { __html: html } });
}

function isSame(known: readonly Fact[], shows: readonly Fact[]): boolean {
  return known.length === shows.length && known.every((fact, index) => fact === shows[index]);
}
