import { callAhead } from '../shared/call';
import { readTables } from '../shared/dates';
import { start } from '../shared/start';
import { Panel } from './panel';
import './panel.css';

void start(
  ({ issueKey }) => <Panel issueKey={issueKey} />,
  ({ issueKey }) => {
    callAhead('issue', 'load-issue', { issueKey });
    readTables();
  },
);
