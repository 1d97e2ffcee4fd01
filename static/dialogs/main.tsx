import { lazy, Suspense } from 'react';
import type { DialogContext } from '../shared/dialogs';
import { type PageContext, start } from '../shared/start';
import { Frame, FrameSkeleton } from './frame';
import { UnknownDialog } from './unknown-dialog';
import './dialogs.css';

const CreateBranch = lazy(async () => ({ default: (await import('./create-branch')).CreateBranch }));
const CreateRequest = lazy(async () => ({ default: (await import('./create-request')).CreateRequest }));
const DeleteBranch = lazy(async () => ({ default: (await import('./delete-branch')).DeleteBranch }));
const Token = lazy(async () => ({ default: (await import('./token')).Token }));
const Disconnect = lazy(async () => ({ default: (await import('./disconnect')).Disconnect }));

/** The dialog asked for: by the page that opened it, or by the module itself where it stands in the issue's menu. */
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
    case 'token':
      return <Token integration={asked.integration} />;
    case 'disconnect':
      return <Disconnect integration={asked.integration} />;
    default:
      return <UnknownDialog />;
  }
}

void start((context) => (
  <Frame>
    <Suspense fallback={<FrameSkeleton />}>
      <Dialog context={context} />
    </Suspense>
  </Frame>
));
