import { callAhead } from '../shared/call';
import { start } from '../shared/start';
import { Panel } from './panel';
import './panel.css';

void start(
  ({ issueKey }) => <Panel issueKey={issueKey} />,
  ({ issueKey }) => callAhead('issue', 'load-issue', { issueKey }),
);
