import { countCalls } from './calls.ts';
import { report } from './figures.ts';

report(await countCalls(process.cwd()), process.argv.slice(2));
