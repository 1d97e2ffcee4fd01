import { callAhead } from '../shared/call';
import { start } from '../shared/start';
import { Panel } from './panel';
import './panel.css';

void start(
  ({ issueKey, accountId }) => <Panel issueKey={issueKey} accountId={accountId} />,
  ({ issueKey }) => callAhead('issue', 'load-issue', { issueKey }),
);
