import Checkbox from '@atlaskit/checkbox';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Capabilities, ManagedIntegrationView, ManagedSiteView, ProviderKind } from '../../src/contract/views';
import { GuideLink } from '../shared/guide-link';
import { guides } from '../shared/guides';
import { useText } from '../shared/text';
import { RequireAnyway } from './require-anyway';

const Impact = lazy(async () => ({ default: (await import('./impact')).Impact }));

type Props = {
  site: ManagedSiteView;
  /** The integration or the site of the requirement. */
  service: { name: string; provider: ProviderKind; capabilities: Pick<Capabilities, 'userTokens'> };
  /** The display name as it is typed now. */
  name: string;
  /** The integration as it is stored; a new one has no people with tokens. */
  stored?: ManagedIntegrationView;
  value: boolean;
  onChange: (required: boolean) => void;
};

/** *Require User PAT*: what it means for this edition, and how many people are ready for it. */
export function RequireField({ site, service, name, stored, value, onChange }: Props) {
  const { t, words } = useText();
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const { userTokens } = service.capabilities;
  const params = { service: service.name, integration: name.trim() || service.name, ...words(service.provider) };
  const meaning = site.settings.requireUserPat
    ? t('options.require.site')
    : t(userTokens ? 'options.require.hint.for' : 'options.require.unsupported', params);
  const people = stored?.peopleWithTokens ?? 0;
  const coverage = t(stored?.morePeople ? 'impact.more' : 'impact', { ...params, count: people });
  const turnsOn = stored && value && !stored.requireUserPat && !site.settings.requireUserPat;
  return (
    <>
      <div>
        <Checkbox
          ref={box}
          label={t('options.require')}
          isChecked={value}
          onChange={(event) => {
            const impossible = event.currentTarget.checked && !userTokens;
            setAsking(impossible);
            if (!impossible) onChange(event.currentTarget.checked);
          }}
        />
        <p className="small subtle check-hint">
          {meaning} {stored && userTokens && !turnsOn && coverage}{' '}
          <GuideLink guide={guides.require}>{t('admin.guide.require')}</GuideLink>
        </p>
      </div>
      {asking && (
        <RequireAnyway
          integrations={[{ name: params.integration, serviceName: service.name, provider: service.provider }]}
          onAnswer={(anyway) => {
            setAsking(false);
            onChange(anyway);
            box.current?.focus();
          }}
        />
      )}
      {turnsOn && (
        <Suspense fallback={<div className="skeleton message-skeleton" />}>
          <Impact integrations={[stored]} />
        </Suspense>
      )}
    </>
  );
}
