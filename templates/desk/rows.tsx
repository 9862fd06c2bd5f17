import type { FormState } from '../form.ts';

/** How many rows of a list a form shows. */
export function rowsIn(form: FormState, list: string, least = 0): number {
  const start = `${list}[`;
  const indexes = Object.keys(form.values)
    .filter((name) => name.startsWith(start))
    .map((name) => Number.parseInt(name.slice(start.length), 10) + 1);
  return Math.max(least, 0, ...indexes);
}

/** What Enter in a field presses: the first button of a form, in nobody's way. */
export function FirstButton({ value }: { value: string }) {
  return <button type="submit" class="kern-sr-only" name="_do" value={value} tabIndex={-1} aria-hidden="true" />;
}

/** Known from the first time the form is shown: sent twice, it is still the same form. */
export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name="_key" value={value} />;
}

/** Adds or removes a row and keeps everything typed; the page comes back at the row. */
export function RowButton(props: { list: string; act: 'add' | 'remove'; index: number; label: string }) {
  const { list, act, index, label } = props;
  return (
    <button
      type="submit"
      class={`kern-btn kern-btn--${act === 'add' ? 'secondary' : 'tertiary'}`}
      name="_do"
      value={act === 'add' ? `add-${list}` : `remove-${list}-${index}`}
      formaction={`#${list}-${act === 'add' ? index : Math.max(0, index - 1)}`}
    >
      <span class="kern-label">{label}</span>
    </button>
  );
}
