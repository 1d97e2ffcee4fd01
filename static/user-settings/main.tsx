import { start } from '../shared/start';
import { UserSettings } from './user-settings';
import '../shared/page.css';

void start(() => <UserSettings />);
