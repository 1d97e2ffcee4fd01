import { holdToContract } from './contract';
import { gitlabSubjects } from './subjects/gitlab';

holdToContract(gitlabSubjects);
