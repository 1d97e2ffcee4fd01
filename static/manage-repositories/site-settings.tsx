import Button from '@atlaskit/button/new';
import Checkbox from '@atlaskit/checkbox';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { ManagedSiteView, SiteSettingsView } from '../../src/contract/views';
import { reminderChannels } from '../../src/domain/reminder';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { GuideLink } from '../shared/guide-link';
import { guides } from '../shared/guides';
import { useText } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { Choice } from './choice';
import { RequireAnyway } from './require-anyway';
import { changesSettings, type SettingsDraft } from './settings-draft';

const Impact = lazy(async () => ({ default: (await import('./impact')).Impact }));

type Switch = Exclude<keyof SiteSettingsView, 'leaverDays' | 'reminders'>;

type Props = {
  site: ManagedSiteView;
  /** The choices that are not saved yet. */
  draft: SettingsDraft;
  onDraft: (draft: SettingsDraft) => void;
  onSaved: (settings: SiteSettingsView) => void;
};

/** Switches for the whole site. They take effect with *Update*, like those of an integration. */
export function SiteSettings({ site, draft: change, onDraft: setChange, onSaved }: Props) {
  const { t, words } = useText();
  const { settings, integrations } = site;
  const { working, error, attempt, run } = useWrite<{ settings: SiteSettingsView }>((saved) => {
    discard();
    onSaved(saved.settings);
  });
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = { ...settings, ...change };
  const changed = changesSettings(change, settings);
  const requiring = (site: boolean) => integrations.filter((one) => site || one.requireUserPat).length;
  const count = integrations.length;
  const tokenless = integrations.filter((one) => !one.requireUserPat && !one.capabilities.userTokens);
  const turnsOn = wanted.requireUserPat && !settings.requireUserPat;

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (changed) void run(() => call('manage-repositories', 'save-site-settings', change));
  }
  /** The buttons cannot be pressed any more, so the focus goes to the heading. */
  function discard() {
    setChange({});
    heading.current?.focus();
  }
  function set(key: Switch, isOn: boolean) {
    if (key === 'requireUserPat' && isOn && tokenless.length > 0) return setAsking(true);
    setChange({ ...change, [key]: isOn });
  }
  const box = (key: Switch, label: string, hint?: ReactNode) => (
    <div>
      <Checkbox label={label} isChecked={wanted[key]} onChange={(event) => set(key, event.currentTarget.checked)} />
      {hint && <p className="small subtle check-hint">{hint}</p>}
    </div>
  );

  return (
    <form className="stack panel-box" onSubmit={submit} aria-labelledby="site-settings">
      <div className="row-between">
        <h2 ref={heading} id="site-settings" tabIndex={-1}>
          {t('admin.site')}
        </h2>
        {integrations.length > 0 && (
          <span className="small subtle">
            {t('admin.site.required', { count, on: requiring(settings.requireUserPat) })}{' '}
            {wanted.requireUserPat !== settings.requireUserPat &&
              t('admin.site.after', { on: requiring(wanted.requireUserPat), count })}
          </span>
        )}
      </div>
      {error && <ErrorMessage key={attempt} error={error} takesFocus onTryAgain={() => submit()} />}
      <div className="stack" {...inertWhile(working)}>
        <div className="checks">
          {box(
            'requireUserPat',
            t('admin.site.require'),
            <>
              {t('admin.site.require.hint')} <GuideLink guide={guides.require}>{t('admin.guide.require')}</GuideLink>
            </>,
          )}
          {box('branchActions', t('admin.site.branches'))}
          {box('pullRequestActions', t('admin.site.requests'), t('admin.site.off', words(undefined)))}
          {box('developmentInfo', t('admin.site.development'), t('admin.site.development.hint'))}
          {wanted.developmentInfo &&
            box('developmentTransitions', t('admin.site.transitions'), t('admin.site.transitions.hint'))}
        </div>
        <Field label={t('admin.site.leavers')} hint={t('admin.site.leavers.hint')}>
          {({ id, describedBy }) => (
            <Textfield
              id={id}
              type="number"
              min={0}
              max={365}
              value={wanted.leaverDays}
              onChange={(event) => {
                const days = Math.round(Number(event.currentTarget.value));
                if (days >= 0 && days <= 365) setChange({ ...change, leaverDays: days });
              }}
              aria-describedby={describedBy}
              width="small"
            />
          )}
        </Field>
        <Choice
          label={t('admin.site.reminders')}
          hint={t('admin.site.reminders.hint')}
          value={wanted.reminders}
          options={reminderChannels.map((value) => ({ value, label: t(`admin.site.reminders.${value}`) }))}
          onChange={(reminders = 'issue') => setChange({ ...change, reminders })}
        />
        {asking && (
          <RequireAnyway
            integrations={tokenless}
            onAnswer={(anyway) => {
              setAsking(false);
              setChange({ ...change, requireUserPat: anyway });
              heading.current?.focus();
            }}
          />
        )}
        {turnsOn && (
          <Suspense fallback={<div className="skeleton message-skeleton" />}>
            <Impact integrations={integrations.filter((one) => !one.requireUserPat)} />
          </Suspense>
        )}
      </div>
      <div className="row">
        <Button type="submit" appearance="primary" isDisabled={!changed} isLoading={working}>
          {t('admin.update')}
        </Button>
        <Button appearance="subtle" isDisabled={!changed || working} onClick={discard}>
          {t('action.cancel')}
        </Button>
        <span className="small subtle" role="status">
          {working ? t('admin.working') : changed && t('admin.unsaved')}
        </span>
      </div>
    </form>
  );
}
