import Button from '@atlaskit/button/new';
import Checkbox from '@atlaskit/checkbox';
import Textfield from '@atlaskit/textfield';
import type { FormEvent } from 'react';
import type { ManagedIntegrationView, ManagedSiteView, TokenRulesView } from '../../src/contract/views';
import type { TokenRules as Rules } from '../../src/domain/token-rules';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { useDebounced } from '../shared/use-debounced';
import { inertWhile, useHeld, useWrite } from '../shared/use-write';
import { Choice } from './choice';
import { EndlessNote } from './endless-note';
import type { Change } from './manage-repositories';
import { Names } from './names';
import { draftOf, rulesOf, type RulesDraft } from './rules-draft';
import { storedNow } from './stored-now';
import { takenOver } from './taken-over';
import { useEveryPage } from './use-every-page';
import { useTell } from './use-tell';

/** What is typed and not saved, by integration; under the empty name, for the whole site. */
export type RulesDrafts = Readonly<Record<string, RulesDraft>>;

/** Which rules are shown, and what is typed. */
export type OpenRules = { integrationId?: string | undefined; drafts: RulesDrafts };

type Props = { site: ManagedSiteView; open: OpenRules; onOpen: (open: OpenRules) => void; change: Change };

/** The rules for people's tokens: for the whole site, and for integrations with rules of their own. */
export function TokenRules({ site, open: { integrationId, drafts }, onOpen, change }: Props) {
  const { t } = useText();
  const isHeld = useHeld();
  const integration = site.integrations.find(({ id }) => id === integrationId);
  const stored = integration ? integration.tokenRules : site.tokenRules;
  const draft = drafts[integrationId ?? ''];
  const start = draftOf(stored ?? site.tokenRules);
  const ruled = integration ? [integration] : site.integrations.filter(({ tokenRules }) => tokenRules === undefined);
  const follows = integration !== undefined && stored === undefined && draft === undefined;
  function setDraft(next: RulesDraft | undefined) {
    const { [integrationId ?? '']: _, ...others } = drafts;
    onOpen({ integrationId, drafts: next ? { ...others, [integrationId ?? '']: next } : others });
  }
  /** What another admin has stored meanwhile, for the fields that were not touched here. */
  async function takeOver() {
    const now = await storedNow();
    if (now === undefined) return;
    const own = integration ? now.integrations.find(({ id }) => id === integrationId)?.tokenRules : now.tokenRules;
    change((before) => withRules(before, integrationId, own ?? null));
    setDraft(draft && takenOver(start, draftOf(own ?? now.tokenRules), draft));
  }
  return (
    <div className="stack form-narrow">
      <p className="subtle">{t('rules.text')}</p>
      <div {...inertWhile(isHeld)}>
        <Choice
          label={t('rules.for')}
          any={t('rules.for.site')}
          value={integrationId}
          options={site.integrations
            .filter(({ capabilities }) => capabilities.userTokens)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onOpen({ integrationId: id, drafts })}
        />
      </div>
      {follows ? (
        <div className="stack-tight">
          <p>{t('rules.follows')}</p>
          <div className="row">
            <Button onClick={() => setDraft(start)}>{t('rules.own')}</Button>
          </div>
        </div>
      ) : (
        <RulesForm
          key={integrationId ?? ''}
          integrationId={integrationId}
          stored={stored}
          draft={draft ?? start}
          isTyped={draft !== undefined}
          onDraft={setDraft}
          ruled={ruled}
          onSaved={(id, rules) => {
            if (id === integrationId) setDraft(undefined);
            change((before) => withRules(before, id, rules));
          }}
          onOvertaken={takeOver}
        />
      )}
    </div>
  );
}

function withRules(site: ManagedSiteView, id: string | undefined, rules: TokenRulesView | null): ManagedSiteView {
  if (id === undefined) {
    const { tokenRules: _, ...rest } = site;
    return { ...rest, ...(rules && { tokenRules: rules }) };
  }
  return {
    ...site,
    integrations: site.integrations.map((one) => {
      if (one.id !== id) return one;
      const { tokenRules: _, ...rest } = one;
      return { ...rest, ...(rules && { tokenRules: rules }) };
    }),
  };
}

type FormProps = {
  integrationId: string | undefined;
  stored: TokenRulesView | undefined;
  draft: RulesDraft;
  /** Not stored yet. */
  isTyped: boolean;
  onDraft: (draft: RulesDraft | undefined) => void;
  /** The integrations that the rules are for. */
  ruled: readonly ManagedIntegrationView[];
  onSaved: (integrationId: string | undefined, rules: TokenRulesView | null) => void;
  /** Another admin was faster. */
  onOvertaken: () => Promise<void>;
};

function RulesForm({ integrationId, stored, draft, isTyped, onDraft, ruled, onSaved, onOvertaken }: FormProps) {
  const { t } = useText();
  const tell = useTell();
  const { working, error, attempt, run } = useWrite<{ id: string | undefined; rules: TokenRulesView | null }>(
    (saved) => {
      onSaved(saved.id, saved.rules);
      tell.success(t('rules.saved'));
    },
  );
  const rules = rulesOf(draft);
  const change = (part: Partial<RulesDraft>) => onDraft({ ...draft, ...part });

  function save(wanted: Rules | null, id = integrationId) {
    void run(async () => {
      const answer = await call('manage-repositories', 'save-token-rules', {
        ...(id && { integrationId: id }),
        rules: wanted && inPayload(wanted),
        shown: stored && id === integrationId ? inPayload(stored) : null,
      });
      if (!answer.ok && answer.error.code === 'SETTINGS_CHANGED') await onOvertaken();
      return answer.ok ? { ok: true, value: { id, rules: answer.value.rules } } : answer;
    });
  }
  /** It gets rules of its own: the same, but for the end. */
  function leaveOut({ mustEnd: _, ...rest }: Rules, id: string) {
    save(rest, id);
  }
  function submit(event?: FormEvent) {
    event?.preventDefault();
    // An integration with empty rules has rules of its own: the site's are not in force there.
    const nothing = integrationId === undefined ? null : { untoldEnd: draft.untoldEnd, graceDays: 0 };
    if (rules !== undefined) save(rules ?? nothing);
  }
  const line = (name: 'maxDays' | 'scopesAtLeast' | 'scopesAtMost' | 'graceDays', isWrong = false) => (
    <Field label={t(`rules.${name}`)} hint={t(`rules.${name}.hint`)} problem={isWrong && t('rules.number')}>
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          value={draft[name]}
          isInvalid={invalid}
          onChange={(event) => change({ [name]: event.currentTarget.value })}
          aria-describedby={describedBy}
          {...(name === 'maxDays' || name === 'graceDays' ? ({ width: 'small', inputMode: 'numeric' } as const) : {})}
        />
      )}
    </Field>
  );
  const box = (name: 'mustEnd' | 'fineGrainedOnly') => (
    <Checkbox
      label={t(`rules.${name}`)}
      isChecked={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {error && <ErrorMessage key={attempt} error={error} takesFocus onTryAgain={() => submit()} />}
      <div className="stack" {...inertWhile(working)}>
        {line('maxDays', rulesOf({ ...draft, graceDays: '0' }) === undefined)}
        <div className="checks">
          {box('mustEnd')}
          {box('fineGrainedOnly')}
        </div>
        {line('scopesAtLeast')}
        {line('scopesAtMost')}
        {rules && (
          <EndlessNote
            integrations={ruled.filter((one) => one.capabilities.tokensNeverEnd)}
            rules={rules}
            isWorking={working}
            {...(integrationId === undefined && { onLeaveOut: (id: string) => leaveOut(rules, id) })}
          />
        )}
        {ruled.some((one) => one.capabilities.tokenEndUntold) && (
          <Choice
            label={t('rules.untold')}
            value={draft.untoldEnd}
            options={(['ask', 'refuse'] as const).map((value) => ({ value, label: t(`rules.untold.${value}`) }))}
            onChange={(untoldEnd = 'ask') => change({ untoldEnd })}
          />
        )}
        {line('graceDays', rulesOf({ ...draft, maxDays: '' }) === undefined)}
      </div>
      {rules && <Hit integrationId={integrationId} rules={rules} />}
      <div className="row">
        <Button type="submit" appearance="primary" isDisabled={rules === undefined} isLoading={working}>
          {t('rules.save')}
        </Button>
        {stored && (
          <Button appearance="subtle" isDisabled={working} onClick={() => save(null)}>
            {t(integrationId === undefined ? 'rules.none' : 'rules.follow')}
          </Button>
        )}
        {isTyped && (
          <Button appearance="subtle" isDisabled={working} onClick={() => onDraft(undefined)}>
            {t('action.cancel')}
          </Button>
        )}
        <span className="small subtle" role="status">
          {working ? t('admin.working') : isTyped && t('admin.unsaved')}
        </span>
      </div>
    </form>
  );
}

/** The rules as a call takes them. */
function inPayload({ scopesAtLeast, scopesAtMost, ...rules }: Rules) {
  return {
    ...rules,
    ...(scopesAtLeast && { scopesAtLeast: [...scopesAtLeast] }),
    ...(scopesAtMost && { scopesAtMost: [...scopesAtMost] }),
  };
}

/** The people whose tokens would break the rules, before they are saved. */
function Hit({ integrationId, rules }: { integrationId: string | undefined; rules: Rules }) {
  const { t } = useText();
  // The request is sent once typing has paused.
  const settled = useDebounced(JSON.stringify(rules), 500);
  const { found, isComplete, error, retry } = useEveryPage({
    state: 'against-rule',
    rules: inPayload(JSON.parse(settled) as Rules),
    ...(integrationId && { integrationId }),
  });
  if (error) return <ErrorMessage error={error} onTryAgain={retry} />;
  return (
    <Message appearance="information" title={t('rules.hit.title')}>
      {!isComplete && <p role="status">{t('coverage.counting', { count: found.length })}</p>}
      {isComplete && found.length === 0 && <p>{t('rules.hit.none')}</p>}
      {isComplete && <Names rows={found} title={(count) => t('rules.hit', { count })} />}
      {isComplete && found.length > 0 && <p>{t('rules.hit.grace', { count: rules.graceDays })}</p>}
    </Message>
  );
}
