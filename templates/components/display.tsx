import type { ComponentChildren } from 'preact';

type Tone = 'info' | 'success' | 'warning' | 'danger';

/** A message that stands out. `role="status"` only for what has just happened. */
export function Alert(props: { tone: Tone; title: string; children?: ComponentChildren; role?: 'status' | 'alert' }) {
  return (
    <div class={`kern-alert kern-alert--${props.tone}`} role={props.role}>
      <div class="kern-alert__header">
        <span class={`kern-icon kern-icon--${props.tone}`} aria-hidden="true" />
        <span class="kern-title">{props.title}</span>
      </div>
      {props.children && <div class="kern-alert__body">{props.children}</div>}
    </div>
  );
}

/** A state in a word or two; colour is never all that says it. */
export function Badge({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span class={`kern-badge kern-badge--small kern-badge--${tone}`}>
      <span class="kern-label kern-label--small">{label}</span>
    </span>
  );
}

export type Fact = { term: string; value: ComponentChildren };

/** Facts by name: terms and what they are here. */
export function Facts({ facts }: { facts: readonly (Fact | undefined | false)[] }) {
  return (
    <dl class="kern-description-list">
      {facts.map(
        (fact) =>
          fact && (
            <div class="kern-description-list-item" key={fact.term}>
              <dt class="kern-description-list-item__key">{fact.term}</dt>
              <dd class="kern-description-list-item__value">{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** A part of the page under its own heading. */
export function Section({ title, id, children }: { title: string; id: string; children: ComponentChildren }) {
  return (
    <section class="section" aria-labelledby={id}>
      <h2 class="kern-heading-large" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Text somebody typed, with its own line breaks. */
export function Prose({ text, language }: { text: string; language?: string | undefined }) {
  return (
    <div class="prose" lang={language}>
      {text
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph) => (
          <p class="kern-body" key={paragraph}>
            {paragraph}
          </p>
        ))}
    </div>
  );
}

/** The way back up, as the first thing in main. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <nav class="back-link" aria-label={label}>
      <a class="kern-link kern-link--small kern-link--no-visited-state" href={href}>
        <span aria-hidden="true">← </span>
        {label}
      </a>
    </nav>
  );
}
