import { testRandomSchedules } from '../support/model/random-test.ts';

testRandomSchedules(1, 5000);
