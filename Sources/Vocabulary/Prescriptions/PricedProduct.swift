/// One row of the price list of a day.
package struct PricedProduct: Hashable, Sendable {
    package let number: ProductNumber
    package let drug: DrugID?
    package let atc: ATCCode?
    package let name: String
    /// Units in a package.
    package let packageSize: Quantity
    /// Products of one group may stand in for each other; nil: for nobody.
    package let substitutionGroup: String?
    package let group: DispensingGroup
    /// Price to the consumer in øre; nil where the list has none.
    package let priceMinor: Int64?

    package init(
        number: ProductNumber, drug: DrugID?, atc: ATCCode?, name: String, packageSize: Quantity,
        substitutionGroup: String?, group: DispensingGroup, priceMinor: Int64?
    ) {
        self.number = number
        self.drug = drug
        self.atc = atc
        self.name = name
        self.packageSize = packageSize
        self.substitutionGroup = substitutionGroup
        self.group = group
        self.priceMinor = priceMinor
    }
}
