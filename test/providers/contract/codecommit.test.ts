import { holdToContract } from './contract';
import { codecommitSubjects } from './subjects/codecommit';

holdToContract(codecommitSubjects);
