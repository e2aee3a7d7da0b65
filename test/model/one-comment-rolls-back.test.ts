import { runAgain } from '../support/model/once.ts';
import { testPair } from '../support/model/pair-test.ts';
import { A, rollingBackBy } from '../support/model/scenes.ts';

const byComment = rollingBackBy('77');
testPair('two rollbacks by one comment', [byComment, byComment], runAgain('77', byComment, A));
