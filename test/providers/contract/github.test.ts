import { holdToContract } from './contract';
import { githubSubjects } from './subjects/github';

holdToContract(githubSubjects);
