// Lets a coordinator drag sessions: the page is complete without it. The calendar library comes only when it is asked for.
(() => {
  'use strict';
  const offer = document.querySelector('[data-calendar]');
  if (!offer) return;
  const { scripts, styles, view, on, language, timeZone } = JSON.parse(offer.dataset.calendar);
  const button = offer.querySelector('button');
  offer.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    void begin();
  });

  async function begin() {
    for (const href of styles)
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
    for (const src of scripts) await loaded(Object.assign(document.createElement('script'), { src }));
    show();
  }

  function loaded(script) {
    return new Promise((resolve, reject) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', reject);
      document.head.append(script);
    });
  }

  function show() {
    const shown = document.querySelector('.calendar-month, .calendar-days');
    const events = eventsIn(shown);
    const place = document.createElement('div');
    place.className = 'calendar-dragging';
    if (shown) shown.replaceWith(place);
    else offer.after(place);
    new window.FullCalendar.Calendar(place, {
      initialView: view === 'month' ? 'dayGridMonth' : 'timeGridWeek',
      initialDate: on,
      locale: language,
      timeZone,
      firstDay: 1,
      headerToolbar: false,
      height: 'auto',
      fixedWeekCount: false,
      eventTimeFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
      slotMinTime: '06:00:00',
      allDaySlot: false,
      editable: false,
      events,
      eventDrop: moved,
      eventResize: moved,
    }).render();
    offer.hidden = true;
    place.focus();
  }

  /** The sessions as the page shows them; one over midnight stands on two days. */
  function eventsIn(shown) {
    const entries = [...(shown?.querySelectorAll('[data-session]') ?? [])];
    const sessions = new Map(entries.map((entry) => [entry.dataset.session, entry]));
    return [...sessions].map(([id, entry]) => ({
      id,
      title: entry.querySelector('a')?.textContent,
      start: entry.dataset.from,
      end: entry.dataset.until,
      url: entry.querySelector('a')?.href,
      editable: entry.dataset.move !== undefined,
      extendedProps: { change: entry.dataset.move },
    }));
  }

  /** What is public is not changed yet: the preview opens and says who will be told. */
  function moved({ event }) {
    const [date, from] = civil(event.startStr);
    const [endsOn, until] = civil(event.endStr);
    const form = offer.querySelector('form');
    form.action = event.extendedProps.change;
    for (const [name, value] of Object.entries({ date, from, until, endsOn })) form.elements[name].value = value;
    form.submit();
  }

  /** "2027-05-04T09:00:00+02:00" → ["2027-05-04", "09:00"] */
  function civil(text) {
    return [text.slice(0, 10), text.slice(11, 16)];
  }
})();
