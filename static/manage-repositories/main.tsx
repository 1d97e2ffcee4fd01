import { callAhead } from '../shared/call';
import { start } from '../shared/start';
import { ManageRepositories } from './manage-repositories';
import '../shared/page.css';

callAhead('manage-repositories', 'load-site', {});
void start(() => <ManageRepositories />);
