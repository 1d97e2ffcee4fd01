import '../shared/arrival';
import { lazy, Suspense } from 'react';
import { callAhead } from '../shared/call';
import type { DialogContext } from '../shared/dialogs';
import { type PageContext, start } from '../shared/start';
import { CreateBranch } from './create-branch';
import { Frame, FrameSkeleton } from './frame';
import { UnknownDialog } from './unknown-dialog';
import './dialogs.css';

/** All but the one that is opened most. */
const files = {
  'create-pull-request': () => import('./create-request'),
  'delete-branch': () => import('./delete-branch'),
  attach: () => import('./attach'),
  'open-in': () => import('./open-in'),
  token: () => import('./token'),
  disconnect: () => import('./disconnect'),
  disable: () => import('./disable'),
};
const CreateRequest = lazy(async () => ({ default: (await files['create-pull-request']()).CreateRequest }));
const DeleteBranch = lazy(async () => ({ default: (await files['delete-branch']()).DeleteBranch }));
const Attach = lazy(async () => ({ default: (await files.attach()).Attach }));
const OpenIn = lazy(async () => ({ default: (await files['open-in']()).OpenIn }));
const Token = lazy(async () => ({ default: (await files.token()).Token }));
const Disconnect = lazy(async () => ({ default: (await files.disconnect()).Disconnect }));
const Disable = lazy(async () => ({ default: (await files.disable()).Disable }));

/** The dialog's own file, and the issue that the dialogs which create something show. */
function sendFor({ modal, moduleKey, issueKey }: PageContext): void {
  const name = (modal as DialogContext | undefined)?.dialog ?? moduleKey;
  // A failure here becomes an error of the dialog itself, a moment later.
  if (name in files) files[name as keyof typeof files]().catch(() => undefined);
  if (name.startsWith('create-')) callAhead('issue', 'load-issue', { issueKey, named: name === 'create-branch' });
}

/** The dialog that the page opened, or that the module is in the issue's menu. */
function Dialog({ context }: { context: PageContext }) {
  const asked = context.modal as DialogContext | undefined;
  const { accountId } = context;
  if (!asked) {
    const { issueKey, moduleKey } = context;
    if (moduleKey === 'create-branch')
      return <CreateBranch issueKey={issueKey} accountId={accountId} hasOpener={false} />;
    if (moduleKey === 'create-pull-request')
      return <CreateRequest issueKey={issueKey} accountId={accountId} hasOpener={false} />;
    return <UnknownDialog />;
  }
  switch (asked.dialog) {
    case 'create-branch':
      return <CreateBranch issueKey={asked.issue.key} issue={asked.issue} accountId={accountId} hasOpener />;
    case 'create-pull-request':
      return (
        <CreateRequest
          issueKey={asked.issue.key}
          issue={asked.issue}
          accountId={accountId}
          hasOpener
          {...(asked.preset && { preset: asked.preset })}
        />
      );
    case 'delete-branch':
      return <DeleteBranch {...asked} />;
    case 'attach':
      return <Attach issueKey={asked.issue.key} issue={asked.issue} />;
    case 'open-in':
      return <OpenIn card={asked.card} accountId={accountId} />;
    case 'token':
      return <Token integration={asked.integration} issueKey={context.issueKey} />;
    case 'disconnect':
      return <Disconnect integration={asked.integration} />;
    case 'disable':
      return <Disable integration={asked.integration} />;
    default:
      return <UnknownDialog />;
  }
}

void start(
  (context) => (
    <Frame issueKey={context.issueKey}>
      <Suspense fallback={<FrameSkeleton />}>
        <Dialog context={context} />
      </Suspense>
    </Frame>
  ),
  sendFor,
);
