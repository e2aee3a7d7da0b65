import { testPair } from '../support/model/pair-test.ts';
import { C, promoting, rollingBack, verifying } from '../support/model/scenes.ts';

testPair('rollback and rollback', [rollingBack(), rollingBack()]);
testPair('promote and verify', [promoting(C), verifying()]);
testPair('rollback and verify', [rollingBack(), verifying()]);
