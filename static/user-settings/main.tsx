import { callAhead } from '../shared/call';
import { start } from '../shared/start';
import { UserSettings } from './user-settings';
import '../shared/page.css';

callAhead('user-settings', 'load-user-settings', {});
void start(() => <UserSettings />);
