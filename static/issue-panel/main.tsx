import { start } from '../shared/start';
import { Panel } from './panel';
import './panel.css';

void start(({ issueKey }) => <Panel issueKey={issueKey} />);
