import type { MailFacts } from '../../facts.ts';
import { paragraph, paragraphs, said, type Draft } from '../../letter.ts';

export function signInCode(mail: MailFacts['sign-in-code']): Draft {
  return {
    subject: 'Ihr Anmeldecode für Mosaik',
    heading: 'Ihr Anmeldecode',
    parts: [
      paragraph('Geben Sie diesen Code auf der Anmeldeseite ein:'),
      { kind: 'code', code: mail.code },
      paragraph(`Der Code gilt ${mail.minutesValid} Minuten und nur ein Mal.`),
    ],
    button: { label: 'Zur Anmeldeseite', url: mail.link },
    afterButton: [
      'Geben Sie den Code niemandem weiter. Wir fragen Sie nie danach.',
      'Wollten Sie sich nicht anmelden? Dann müssen Sie nichts tun.',
    ],
    because: 'Sie erhalten diese E-Mail, weil jemand mit Ihrer Adresse einen Anmeldecode angefordert hat.',
  };
}

export function personInvited(mail: MailFacts['person-invited']): Draft {
  const who = mail.invitedBy ? `${mail.invitedBy} hat Sie eingeladen.` : 'Sie sind eingeladen.';
  const name = mail.institutionName ?? mail.providerName;
  const whom = mail.providerName ? `für ${mail.providerName}` : 'für das ganze Netzwerk';
  const what = {
    trainer: 'Ihre Termine sehen, wo sie stattfinden und wer teilnimmt',
    provider: `Seminare ${whom} planen, Buchungen sehen und Wartelisten führen`,
    network: `Seminare ${whom} planen, Buchungen sehen und Wartelisten führen`,
    institution: `die Buchungen Ihrer Einrichtung ${mail.institutionName ?? ''} sehen: Personen, Fristen und Bestätigungen an einer Stelle`,
  }[mail.access];
  return {
    subject: `Ihr Zugang zu Mosaik${name ? `: ${name}` : ''}`,
    heading: 'Ihr Zugang zu Mosaik',
    parts: paragraphs(
      `${who} Sie können mit Mosaik ${what}.`,
      'Ein Passwort brauchen Sie nicht. Zum Anmelden schicken wir Ihnen jedes Mal einen Code an diese Adresse.',
    ),
    button: { label: 'Anmelden', url: mail.link },
    afterButton: said(
      mail.hoursValid !== undefined && `Der Link gilt ${mail.hoursValid} Stunden. Bitte geben Sie ihn nicht weiter.`,
      'Erwarten Sie diese Einladung nicht? Dann müssen Sie nichts tun.',
    ),
    because: 'Sie erhalten diese E-Mail, weil jemand für Ihre Adresse einen Zugang angelegt hat.',
  };
}
