import { testPair } from '../support/model/pair-test.ts';
import { A, C, promoting } from '../support/model/scenes.ts';

testPair('promote and promote', [promoting(A), promoting(C)]);
