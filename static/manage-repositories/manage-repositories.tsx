import Button from '@atlaskit/button/new';
import { showFlag } from '@forge/bridge';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { type Dialogs, openDialog } from '../shared/dialogs';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { useLoad } from '../shared/use-load';
import { HoldProvider, inertWhile, useHold } from '../shared/use-write';
import { withdrawEgress } from './allow-egress';
import type { NamesDraft } from './branch-names';
import { Overview } from './overview';
import { apiOriginOf, needsApproval } from './services';
import { changesSettings, type SettingsDraft } from './settings-draft';
import type { OpenRules } from './token-rules';
import { useLeaveQuestion } from '../shared/use-leave-question';
import { useTell } from './use-tell';
import { Views, type OverviewName } from './views';

const AddIntegration = lazy(async () => ({ default: (await import('./add-integration')).AddIntegration }));
const EditIntegration = lazy(async () => ({ default: (await import('./edit-integration')).EditIntegration }));
const BranchNames = lazy(async () => ({ default: (await import('./branch-names')).BranchNames }));
const People = lazy(async () => ({ default: (await import('./people')).People }));
const TokenRules = lazy(async () => ({ default: (await import('./token-rules')).TokenRules }));
const Activity = lazy(async () => ({ default: (await import('./activity')).Activity }));

type View = { name: OverviewName; back?: Back } | { name: 'add' } | { name: 'edit'; id: string };
/** Where somebody comes back to: the integration with this id, or the button that adds one. The focus goes there. */
type Back = { id?: string };

/** *Manage Git repositories*: the integrations of the site, how branches are named, what was done; one integration, or a new one. */
export function ManageRepositories() {
  const { t } = useText();
  const { loaded, reload, change } = useLoad(() => call('manage-repositories', 'load-site', {}));
  const [view, setView] = useState<View>({ name: 'integrations' });
  const [settingsDraft, setSettingsDraft] = useState<SettingsDraft>({});
  const [namesDraft, setNamesDraft] = useState<NamesDraft>();
  const [openRules, setOpenRules] = useState<OpenRules>({ drafts: {} });
  const addButton = useRef<HTMLButtonElement>(null);
  const site = loaded.value;
  const unsaved: Readonly<Partial<Record<OverviewName, boolean>>> = {
    integrations: site !== undefined && changesSettings(settingsDraft, site.settings),
    names: namesDraft !== undefined,
    rules: Object.keys(openRules.drafts).length > 0,
  };
  const held = useHold();
  useLeaveQuestion(Object.values(unsaved).includes(true));
  const back = 'back' in view ? view.back : undefined;
  // The focus was given when the table was drawn. Drawn again, say after a search, it takes none from where somebody is by then.
  useEffect(() => {
    if (back) setView({ name: 'integrations' });
  }, [back]);

  if (!site) {
    return (
      <div className="page stack">
        <h1>{t('admin.heading')}</h1>
        {loaded.state === 'failed' ? (
          <ErrorMessage error={loaded.error} onTryAgain={() => void reload()} />
        ) : (
          <div className="skeleton table-skeleton" role="status" aria-label={t('admin.loading')} />
        )}
      </div>
    );
  }
  const edited = view.name === 'edit' ? site.integrations.find(({ id }) => id === view.id) : undefined;
  const shown = view.name === 'edit' || view.name === 'add' ? 'integrations' : view.name;
  return (
    <HoldProvider value={held}>
      <div className="page stack">
        <Suspense fallback={<div className="skeleton table-skeleton" />}>
          {view.name === 'add' || edited ? (
            <OneIntegration
              site={site}
              integration={edited}
              change={change}
              onDone={(back) => setView({ name: 'integrations', back })}
            />
          ) : (
            <>
              <div className="row-between">
                <h1>{t('admin.heading')}</h1>
                <Button
                  ref={addButton}
                  appearance="primary"
                  isDisabled={held.isHeld}
                  autoFocus={back !== undefined && back.id === undefined}
                  onClick={() => setView({ name: 'add' })}
                >
                  {t('admin.add')}
                </Button>
              </div>
              <div {...inertWhile(held.isHeld)}>
                <Views current={shown} unsaved={unsaved} onChoose={(name) => setView({ name })} />
              </div>
              <Suspense fallback={<div className="skeleton table-skeleton" />}>
                {shown === 'names' ? (
                  <BranchNames
                    stored={site.branchName}
                    integrations={site.integrations}
                    draft={namesDraft}
                    onDraft={setNamesDraft}
                    onSaved={(branchName) => change((before) => ({ ...before, branchName }))}
                  />
                ) : shown === 'people' ? (
                  <People site={site} />
                ) : shown === 'rules' ? (
                  <TokenRules site={site} open={openRules} onOpen={setOpenRules} change={change} />
                ) : shown === 'activity' ? (
                  <Activity site={site} />
                ) : (
                  <Integrations
                    site={site}
                    change={change}
                    draft={settingsDraft}
                    onDraft={setSettingsDraft}
                    backTo={back?.id}
                    onGone={() => addButton.current?.focus()}
                    onEdit={({ id }) => setView({ name: 'edit', id })}
                  />
                )}
              </Suspense>
            </>
          )}
        </Suspense>
      </div>
    </HoldProvider>
  );
}

export type Change = (edit: (site: ManagedSiteView) => ManagedSiteView) => void;

/** The site with one integration as it is now, in the order of names. */
function withIntegration(site: ManagedSiteView, integration: ManagedIntegrationView): ManagedSiteView {
  const others = site.integrations.filter(({ id }) => id !== integration.id);
  return { ...site, integrations: [...others, integration].sort((a, b) => a.name.localeCompare(b.name)) };
}

type OneProps = {
  site: ManagedSiteView;
  /** A new one where there is none. */
  integration: ManagedIntegrationView | undefined;
  change: Change;
  onDone: (back: Back) => void;
};

/** A new integration, or one that is there. */
function OneIntegration({ site, integration: edited, change, onDone }: OneProps) {
  const { t } = useText();
  const tell = useTell();
  const saved =
    (title: 'flag.integrationAdded' | 'flag.integrationUpdated') => (integration: ManagedIntegrationView) => {
      change((before) => withIntegration(before, integration));
      onDone({ id: integration.id });
      tell.success(t(title, { integration: integration.name }));
    };
  return edited ? (
    <EditIntegration
      site={site}
      integration={edited}
      onCancel={() => onDone({ id: edited.id })}
      onUpdated={saved('flag.integrationUpdated')}
    />
  ) : (
    <AddIntegration site={site} onCancel={() => onDone({})} onAdded={saved('flag.integrationAdded')} />
  );
}

type IntegrationsProps = {
  site: ManagedSiteView;
  change: Change;
  draft: SettingsDraft;
  onDraft: (draft: SettingsDraft) => void;
  backTo: string | undefined;
  /** The row somebody was in is no more. */
  onGone: () => void;
  onEdit: (integration: ManagedIntegrationView) => void;
};

function Integrations({ site, change, draft, onDraft, backTo, onGone, onEdit }: IntegrationsProps) {
  const { t } = useText();
  const tell = useTell();

  /** Asks, and does it when the answer is yes. */
  async function ask<Name extends 'disconnect' | 'disable'>(
    name: Name,
    integration: ManagedIntegrationView,
    onDone: (answer: Dialogs[Name]['answer']) => void,
  ) {
    try {
      const answer = await openDialog(name, { integration });
      if (answer) onDone(answer);
    } catch {
      showFlag({
        id: 'undersigned-dialog',
        type: 'error',
        title: t('panel.opened'),
        description: t('panel.opened.why'),
      });
    }
  }
  const disconnect = (integration: ManagedIntegrationView) =>
    ask('disconnect', integration, ({ id: gone }) => {
      change((before) => ({ ...before, integrations: before.integrations.filter(({ id }) => id !== gone) }));
      onGone();
      const origin = needsApproval(integration.edition) && apiOriginOf(integration.edition, integration.address);
      const isUsed = site.integrations.some(
        ({ id, edition, address }) => id !== gone && apiOriginOf(edition, address) === origin,
      );
      if (origin && !isUsed) void withdrawEgress(origin);
      tell.success(t('flag.disconnected', { integration: integration.name }), t('flag.disconnected.text'));
    });
  function switched(integration: ManagedIntegrationView, flag: 'admin.flag.enabled' | 'admin.flag.disabled') {
    change((before) => withIntegration(before, integration));
    tell.success(t(flag, { integration: integration.name }), t(`${flag}.text`));
  }
  async function switchTo(integration: ManagedIntegrationView, enabled: boolean) {
    if (!enabled) return ask('disable', integration, (done) => switched(done.integration, 'admin.flag.disabled'));
    const answer = await call('manage-repositories', 'switch-integration', { id: integration.id, enabled });
    if (!answer.ok) return tell.error(answer.error, integration);
    switched(answer.value.integration, 'admin.flag.enabled');
  }
  return (
    <Overview
      site={site}
      draft={draft}
      onDraft={onDraft}
      backTo={backTo}
      onEdit={onEdit}
      onSwitch={(integration, enabled) => void switchTo(integration, enabled)}
      onDisconnect={(integration) => void disconnect(integration)}
      onSettings={(settings) => {
        change((before) => ({ ...before, settings }));
        tell.success(t('flag.settingsSaved'));
      }}
    />
  );
}
