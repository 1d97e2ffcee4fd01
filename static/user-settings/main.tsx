import { callAhead } from '../shared/call';
import { readTables } from '../shared/dates';
import { start } from '../shared/start';
import { UserSettings } from './user-settings';
import '../shared/page.css';

callAhead('user-settings', 'load-user-settings', {});
readTables();
void start(() => <UserSettings />);
