import { start } from '../shared/start';
import { ManageRepositories } from './manage-repositories';
import '../shared/page.css';

void start(() => <ManageRepositories />);
