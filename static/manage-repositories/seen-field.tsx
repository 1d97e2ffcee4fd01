import { lazy, Suspense } from 'react';
import type { ManagedSiteView } from '../../src/contract/views';
import { seenWithoutTokenChoices, type SeenWithoutToken } from '../../src/domain/integration';
import { useText } from '../shared/text';
import type { Options } from './options';

const Choice = lazy(async () => ({ default: (await import('./choice')).Choice<SeenWithoutToken> }));

type Props = {
  site: Pick<ManagedSiteView, 'settings'>;
  /** Whether the service has tokens for people. */
  userTokens: boolean;
  value: Pick<Options, 'requireUserPat' | 'seenWithoutToken'>;
  onChange: (seen: SeenWithoutToken) => void;
};

/** *People without a token see*: as much as the integration account, or nothing. Where nobody can have a token there is nothing to choose. */
export function SeenField({ site, userTokens, value, onChange }: Props) {
  const { t } = useText();
  if (!userTokens) return undefined;
  const usual = value.requireUserPat || site.settings.requireUserPat ? 'nothing' : 'account';
  const seen = value.seenWithoutToken ?? usual;
  return (
    <Suspense fallback={<div className="skeleton skeleton-field" />}>
      <Choice
        label={t('options.seen')}
        hint={t(`options.seen.${seen}.hint`)}
        value={seen}
        options={seenWithoutTokenChoices.map((choice) => ({ value: choice, label: t(`options.seen.${choice}`) }))}
        onChange={(next) => next && onChange(next)}
      />
    </Suspense>
  );
}
