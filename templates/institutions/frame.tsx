import type { ComponentChildren } from 'preact';
import type { Institution } from '../../server/modules/people/index.ts';
import { Alert, BackLink } from '../components/display.tsx';
import { Layout } from '../layout.tsx';
import { usePage } from '../page.ts';
import { institutionPaths, type InstitutionNotice } from './paths.ts';

/** What every page of an institution knows: which one, and what the visitor may do there. */
export type InstitutionFrame = {
  institution: Institution;
  /** Is one of its contacts; else a coordinator who helps. */
  seesInto: boolean;
  looksAfter: boolean;
  notice?: InstitutionNotice | undefined;
};
type Room = 'bookings' | 'people' | 'contacts' | 'billing';

type Props = InstitutionFrame & { here: Room; hasErrors?: boolean; children: ComponentChildren };

/** A room of the workspace: the institution's name, its rooms, and what has just been done. */
export function InstitutionLayout(props: Props) {
  const { t } = usePage();
  const { institution, seesInto, notice, here, hasErrors = false, children } = props;
  return (
    <Layout
      title={institution.name}
      titleLanguage="de"
      preline={t(`institutions.kind-${institution.kind}`)}
      hasErrors={hasErrors}
      above={!seesInto && <BackLink href={institutionPaths.desk()} label={t('institutions.desk-title')} />}
    >
      <Rooms {...props} here={here} />
      {notice && <Alert tone="success" title={t(`institutions.notice-${notice}`)} role="status" />}
      {children}
    </Layout>
  );
}

function Rooms({ institution: { id }, seesInto, looksAfter, here }: Props) {
  const { t } = usePage();
  const rooms: [Room, string][] = [
    ...(seesInto
      ? ([
          ['bookings', institutionPaths.workspace(id)],
          ['people', institutionPaths.people(id)],
        ] as const)
      : []
    ).map(([room, href]): [Room, string] => [room, href]),
    ['contacts', institutionPaths.contacts(id)],
    ...(looksAfter ? ([['billing', institutionPaths.billing(id)]] satisfies [Room, string][]) : []),
  ];
  return (
    <nav class="desk-tabs" aria-label={t('institutions.tabs')}>
      <ul>
        {rooms.map(([room, href]) => (
          <li key={room}>
            <a href={href} aria-current={room === here ? 'page' : undefined}>
              {t(`institutions.tab-${room}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
