import { testPair } from '../support/model/pair-test.ts';
import { C, promoting, rollingBack } from '../support/model/scenes.ts';

testPair('promote and rollback', [promoting(C), rollingBack()]);
