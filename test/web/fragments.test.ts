import { expect } from 'chai';
import { h } from 'preact';
import { fragment } from '../../server/platform/view.ts';

describe('fragment', () => {
  it('renders a piece once for what it shows, and anew when anything of it changes', () => {
    let rendered = 0;
    const places = (left: number) =>
      fragment('test places', [left, 'de'], () => {
        rendered += 1;
        return h('p', null, `${left} <b>`);
      });

    const pages = [places(3), places(3), places(2), places(3)];

    expect(pages).to.deep.equal(['<p>3 &lt;b></p>', '<p>3 &lt;b></p>', '<p>2 &lt;b></p>', '<p>3 &lt;b></p>']);
    expect(rendered).to.equal(3);
  });

  it('tells a number from a word, and more facts from fewer', () => {
    expect([show([1], 'number'), show(['1'], 'word'), show(['1', 'de'], 'more')]).to.deep.equal([
      '<p>number</p>',
      '<p>word</p>',
      '<p>more</p>',
    ]);
  });
});

function show(facts: (string | number)[], html: string): string {
  return fragment('test kinds', facts, () => h('p', null, html));
}
