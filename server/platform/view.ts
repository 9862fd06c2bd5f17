import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

const mostFragments = 10_000;

type Fact = string | number;
const fragments = new Map<string, { shows: readonly Fact[]; html: string }>();

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

/** HTML that `fragment` has rendered, as a child of another element; never text that somebody typed. */
export function htmlNode(tag: string, attributes: Record<string, string>, html: string): VNode {
  return h(tag, { ...attributes, dangerouslySetInnerHTML: { __html: html } });
}

function isSame(known: readonly Fact[], shows: readonly Fact[]): boolean {
  return known.length === shows.length && known.every((fact, index) => fact === shows[index]);
}
