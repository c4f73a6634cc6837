package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What users get: all modules that are deployed, by the BOM. */
class PublishedModulesTest {

    private static final File ROOT = new File("..");

    @Test
    void theBomListsEveryPublishedModuleAndNothingElse() throws Exception {
        List<String> published = all(ROOT, "/project/modules/module").stream()
                .filter(module -> all(new File(ROOT, module), "/project[packaging = 'pom']")
                        .isEmpty())
                .filter(module -> !all(new File(ROOT, module), "/project/properties/maven.deploy.skip")
                        .contains("true"))
                .toList();
        File bom = new File(ROOT, "pottery-bom");
        assertThat(published).contains("pottery-core");
        assertThat(all(bom, "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(published);
        assertThat(all(bom, "/project/dependencies | /project/properties")).isEmpty();
    }

    /** The texts of what {@code path} finds in the POM of {@code module}. */
    private static List<String> all(File module, String path) {
        try {
            Document pom =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(module, "pom.xml"));
            NodeList found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> found.item(i).getTextContent())
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException("The POM of %s cannot be read".formatted(module), e);
        }
    }
}
