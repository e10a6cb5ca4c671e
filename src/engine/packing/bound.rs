//! How few cartons there can be at all: bounds that need no search.

/// Returns how many cartons of `capacity` things of these sizes need at
/// least: by what they fill together, and by those too large to share one
/// (Martello and Toth's L2).
pub(super) fn lower_bound(fills: &[u64], capacity: u64) -> usize {
    if fills.is_empty() || capacity == 0 {
        return fills.len();
    }
    let mut sorted: Vec<u64> = fills.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut before: Vec<u128> = vec![0];
    for fill in &sorted {
        before.push(before[before.len() - 1] + u128::from(*fill));
    }
    let limits = sorted.iter().copied().filter(|fill| fill * 2 <= capacity).chain([0]);
    limits.map(|limit| with_limit(&sorted, &before, capacity, limit)).max().unwrap_or(0)
}

/// The bound that leaves out everything smaller than `limit`. `before` holds
/// the sums of the first things, largest first.
fn with_limit(sorted: &[u64], before: &[u128], capacity: u64, limit: u64) -> usize {
    // Alone in a carton; more than half of one; the others down to the limit.
    let alone = sorted.partition_point(|fill| *fill > capacity - limit);
    let large = sorted.partition_point(|fill| fill * 2 > capacity).max(alone);
    let small = sorted.partition_point(|fill| *fill >= limit.max(1)).max(large);
    let sum = |from: usize, to: usize| before[to] - before[from];
    let capacity = u128::from(capacity);
    let room = (large - alone) as u128 * capacity - sum(alone, large);
    let beyond = sum(large, small).saturating_sub(room);
    large + usize::try_from(beyond.div_ceil(capacity)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_things_cannot_share() {
        assert_eq!(lower_bound(&[], 24), 0);
        assert_eq!(lower_bound(&[24, 24], 24), 2);
        assert_eq!(lower_bound(&[13, 13, 13], 24), 3, "39/24 is two, but no two share");
        assert_eq!(lower_bound(&[7, 8, 13, 2], 24), 2);
        assert_eq!(lower_bound(&[10, 10, 10], 24), 2);
        assert_eq!(lower_bound(&[13, 13, 12], 24), 3);
    }
}
