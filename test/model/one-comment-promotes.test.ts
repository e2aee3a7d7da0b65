import { runAgain } from '../support/model/once.ts';
import { testPair } from '../support/model/pair-test.ts';
import { C, promotingBy } from '../support/model/scenes.ts';

const byComment = promotingBy('77', C);
testPair('two promotions by one comment', [byComment, byComment], runAgain('77', byComment, C));
