using System.Collections.Frozen;
using AssistPortal.Core.Staff;

namespace AssistPortal.Core;

/// <summary>What a person may do: permissions × merchants. Immutable.</summary>
public sealed class Rights
{
    /// <summary>No right at all.</summary>
    public static readonly Rights None = new(FrozenDictionary<Permission, FrozenSet<int>>.Empty, FrozenSet<Permission>.Empty);

    private readonly FrozenDictionary<Permission, FrozenSet<int>> _merchants;
    private readonly FrozenSet<Permission> _everywhere;

    private Rights(FrozenDictionary<Permission, FrozenSet<int>> merchants, FrozenSet<Permission> everywhere)
    {
        _merchants = merchants;
        _everywhere = everywhere;
    }

    /// <summary>Adds up what several grants give.</summary>
    /// <param name="grants">Permissions with the Merchant_ID they hold for; <see langword="null"/> for every merchant, present and future.</param>
    /// <param name="allMerchants">Merchants the portal works for; a grant for another one gives nothing.</param>
    public static Rights Sum(IEnumerable<(IEnumerable<Permission> Permissions, int? MerchantId)> grants, IReadOnlyCollection<int> allMerchants)
    {
        Dictionary<Permission, HashSet<int>> merchants = [];
        HashSet<Permission> everywhere = [];
        foreach (var (permissions, merchantId) in grants)
        {
            IEnumerable<int> given = merchantId is { } one ? allMerchants.Where(id => id == one) : allMerchants;
            foreach (var permission in permissions)
            {
                if (!merchants.TryGetValue(permission, out var held))
                {
                    merchants[permission] = held = [];
                }

                held.UnionWith(given);
                if (merchantId is null)
                {
                    everywhere.Add(permission);
                }
            }
        }

        return new Rights(merchants.Where(entry => entry.Value.Count > 0).ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet()), everywhere.ToFrozenSet());
    }

    /// <summary>A ready role for certain merchants.</summary>
    public static Rights Of(StaffRole role, params IReadOnlyCollection<int> merchants) =>
        Sum(merchants.Select(merchant => ((IEnumerable<Permission>)role.Permissions(), (int?)merchant)), merchants);

    /// <summary>Merchants the permission holds for; empty when it isn't held.</summary>
    public IReadOnlySet<int> MerchantsOf(Permission permission) => _merchants.GetValueOrDefault(permission, FrozenSet<int>.Empty);

    /// <summary>Whether the permission holds for every merchant, present and future.</summary>
    public bool Everywhere(Permission permission) => _everywhere.Contains(permission);

    /// <summary>Whether every permission named is held for the merchant, or for all of them when <see langword="null"/>: nobody gives what he lacks.</summary>
    public bool Cover(IEnumerable<Permission> permissions, int? merchantId) =>
        permissions.All(permission => merchantId is { } id ? MerchantsOf(permission).Contains(id) : Everywhere(permission));

    /// <summary>Whether these rights hold everything the others do.</summary>
    public bool Cover(Rights others) =>
        others._everywhere.IsSubsetOf(_everywhere) && others._merchants.All(entry => entry.Value.IsSubsetOf(MerchantsOf(entry.Key)));

    /// <summary>What both hold: the most a preview may show.</summary>
    public Rights And(Rights others) => new(
        _merchants
            .Select(entry => (entry.Key, Merchants: entry.Value.Intersect(others.MerchantsOf(entry.Key)).ToFrozenSet()))
            .Where(entry => entry.Merchants.Count > 0)
            .ToFrozenDictionary(entry => entry.Key, entry => entry.Merchants),
        _everywhere.Where(others.Everywhere).ToFrozenSet());
}
