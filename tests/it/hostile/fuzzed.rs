//! The fuzzer's targets on the bytes that it starts from and on the same bytes
//! damaged, a few hundred times each: what a fuzzer does for hours is done
//! for a moment with every test run.

use targets::{ALL, Target};

#[expect(unreachable_pub, reason = "the fuzzer's own crate takes them from there")]
#[path = "../../fuzz/src/targets/mod.rs"]
mod targets;

/// How often the seeds of a target are damaged; of those that do more than
/// read, less often.
const TIMES: usize = 120;
const LARGE: [&str; 3] = ["commands", "kinds", "table"];

/// A run over more bytes takes too long to be one of many.
const LONGEST: usize = 24 << 10;

/// Numbers without an end, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// Damages bytes in one place; `other` is what strange bytes come from.
fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let from = random.below(bytes.len());
    let length = random.below(32).min(bytes.len() - from);
    match random.below(6) {
        0 => bytes.iter_mut().skip(from).take(1).for_each(|byte| *byte ^= 1 << (from % 8)),
        1 => bytes.iter_mut().skip(from).take(4).for_each(|byte| *byte = [0, 0xFF][from % 2]),
        2 => drop(bytes.drain(from..from + length)),
        3 => {
            let again = bytes[from..from + length].repeat(1 + random.below(40));
            bytes.splice(from..from, again);
        }
        4 => {
            let start = random.below(other.len());
            let strange = &other[start..(start + 64).min(other.len())];
            bytes.splice(from..from + length, strange.iter().copied());
        }
        _ => bytes.truncate(from),
    }
}

#[track_caller]
fn withstand(name: &str) {
    targets::watch_panics();
    let Target { run, seeds, .. } = ALL.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds();
    seeds.iter().for_each(|seed| run(seed));
    let short: Vec<&Vec<u8>> = seeds.iter().filter(|seed| seed.len() < LONGEST).collect();
    let mut random = Random(0x2026_1103);
    let times = if LARGE.contains(&name) { TIMES / 4 } else { TIMES };
    for time in 0..times {
        let mut bytes = short[time % short.len()].clone();
        let other = short[random.below(short.len())];
        for _ in 0..1 + random.below(4) {
            damage(&mut bytes, other, &mut random);
        }
        run(&bytes);
    }
}

macro_rules! each {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            withstand(stringify!($name));
        })*

        #[test]
        fn every_target_is_run() {
            let names = ALL.map(|target| target.name);
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

each! { commands kinds ods settings table text values writeback xls xlsb xlsx }
